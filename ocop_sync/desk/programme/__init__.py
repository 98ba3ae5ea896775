"""The programme dashboard for officers: figures, tables, plots, exports."""
