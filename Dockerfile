# The shop's one image: `run web`, `run worker`, `run beat`, `run indexer`, `migrate` and every other command of
# ./chosao are its arguments. Runs as user 10001 with a read-only root; what it writes goes to /data and /tmp.
#
# A release pins the base by digest as well, in both FROM lines: python:3.13.16-slim-bookworm@sha256:…
# (`docker buildx imagetools inspect python:3.13.16-slim-bookworm` tells it).
FROM python:3.13.16-slim-bookworm AS build

ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /app
RUN python -m venv --without-pip /venv
COPY requirements/run.txt requirements/run.txt
# No compiler here on purpose: every package comes as a wheel, with the hash that the lock file names.
RUN pip --python /venv/bin/python install --no-deps --require-hashes --only-binary :all: --compile \
        -r requirements/run.txt
COPY . .
# The key is for this line alone: nothing is signed while files are collected.
RUN CHOSAO_HOME=/tmp/build CHOSAO_SECRET_KEY=not-a-secret CHOSAO_TOKEN_KEYS=none CHOSAO_STATIC_ROOT=/app/static \
        DJANGO_SETTINGS_MODULE=deploy.settings /venv/bin/python -m django collectstatic --noinput --verbosity 0 \
    && python -m compileall -q catalog deploy ocop_sync storefront


FROM python:3.13.16-slim-bookworm

LABEL org.opencontainers.image.title="Chợ Sao" \
      org.opencontainers.image.description="A shop that lists only verified OCOP products, on Saleor."

RUN groupadd --gid 10001 chosao \
    && useradd --uid 10001 --gid 10001 --home-dir /data --no-create-home --shell /usr/sbin/nologin chosao \
    && install --directory --owner=10001 --group=10001 /data /data/index
COPY --from=build /venv /venv
COPY --from=build /app /app

ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    CHOSAO_HOME=/data \
    CHOSAO_STATIC_ROOT=/app/static \
    CHOSAO_HEARTBEAT=/tmp/heartbeat
WORKDIR /app
USER 10001:10001
EXPOSE 8000
STOPSIGNAL SIGTERM
# For the web role; compose and Kubernetes know better what each role is asked.
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=4 \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/health/live', timeout=4)"]
ENTRYPOINT ["python", "-m", "deploy.cli"]
CMD ["run", "web", "--host", "0.0.0.0"]
