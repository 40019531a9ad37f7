# One image for site, worker and migrations; compose.yaml shows how they are started.
FROM python:3.13-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 STATIC_ROOT=/srv/static LEARNINGCITY_STATE=/srv/state
WORKDIR /srv/learningcity

# Pillow sets Thai marks right only where it finds this library.
RUN apt-get update && apt-get install -y --no-install-recommends libfribidi0 && rm -rf /var/lib/apt/lists/*
COPY requirements-production.lock .
RUN pip install --no-cache-dir --require-hashes -r requirements-production.lock

COPY . .
# Collecting needs settings but no secret, so it borrows those of the demo, for this one line only.
RUN LEARNINGCITY_DEMO=1 python manage.py collectstatic --no-input -v 0 \
    && python -m compileall -q learningcity \
    && useradd --system --uid 10001 learningcity \
    && install -d -o learningcity /srv/state

USER learningcity
EXPOSE 8000
CMD ["granian", "--interface", "wsgi", "--http", "1", "--no-ws", "--host", "0.0.0.0", "--port", "8000", \
     "--blocking-threads", "4", "learningcity.config.wsgi:application"]
