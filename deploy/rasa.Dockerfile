# Rasa with the model of the content as it is here: training takes four minutes, when the image is built.
#     docker build -f deploy/rasa.Dockerfile -t omdehoek-rasa .
FROM python:3.10-bookworm AS build
COPY bot/requirements.lock /tmp/bot.lock
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes -r /tmp/bot.lock
WORKDIR /app
COPY config.yml domain.yml ./
COPY data data
COPY bot bot
COPY referral/__init__.py referral/errors.py referral/logs.py referral/
ENV RASA_TELEMETRY_ENABLED=false TF_CPP_MIN_LOG_LEVEL=3
RUN /venv/bin/python -m bot.train

FROM python:3.10-slim-bookworm
RUN useradd --system --uid 10002 --home-dir /nonexistent --shell /usr/sbin/nologin rasa
COPY --from=build /venv /venv
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 RASA_TELEMETRY_ENABLED=false SANIC_HOST=127.0.0.1 \
    HOME=/tmp MPLCONFIGDIR=/tmp TF_CPP_MIN_LOG_LEVEL=3
USER rasa
CMD ["python", "-m", "bot.server"]
