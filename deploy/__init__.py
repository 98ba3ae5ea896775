"""How it is wired and run: settings, addresses, command line, processes, the embedded Saleor-compatible server."""
