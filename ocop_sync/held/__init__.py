"""What officers decide about held records: kept, applied at once and again on every run until the row changes."""
