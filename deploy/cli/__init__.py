"""The command line, `./chosao`."""
