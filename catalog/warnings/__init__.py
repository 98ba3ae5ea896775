"""Warnings to producers before a certificate ends: who is due, what to do, one letter a member."""
