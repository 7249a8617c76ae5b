# The door, the action server and the worker: one image, three commands (deploy/compose.yml).
#     docker build -f deploy/api.Dockerfile -t omdehoek-api .
FROM python:3.11-slim-bookworm AS build
COPY deploy/api.lock /tmp/api.lock
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes --only-binary :all: -r /tmp/api.lock

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /nonexistent --shell /usr/sbin/nologin omdehoek \
    && install -d -o omdehoek -g omdehoek -m 0700 /var/lib/omdehoek
COPY --from=build /venv /venv
WORKDIR /app
COPY actions actions
COPY api api
COPY data data
COPY referral referral
ENV PATH=/venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 OMDEHOEK_STATE_DIR=/var/lib/omdehoek
USER omdehoek
CMD ["python", "-m", "api.server"]
