"""A process that reads inside `one_moment`: `python -m tests.catalog.reader`.

It counts sources, says `ready`, waits for a line, counts again inside and once more outside; prints the three counts.
"""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deploy.settings")
django.setup()

from catalog.certificates.models import Source  # noqa: E402 - Django first
from catalog.snapshot import one_moment  # noqa: E402

with one_moment():
    before = Source.objects.count()
    print("ready", flush=True)
    sys.stdin.readline()
    meanwhile = Source.objects.count()
print(before, meanwhile, Source.objects.count())
