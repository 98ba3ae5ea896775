"""Reading a registry source: provincial workbook, CSV table, registry feed v1 (file or HTTP)."""
