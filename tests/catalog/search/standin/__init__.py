"""A stand-in for Elasticsearch: the subset of its API that the shop sends, evaluated by brute force in this process.

It is no Elasticsearch and says so in its version. It exists to catch what a server would refuse: whatever it does not
know it answers with 400. With `ELASTICSEARCH_URL` set, the same tests run against that server instead.
"""
