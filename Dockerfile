# Two stages: packages are installed in the first; the second holds them and the program, and no build tools.
FROM python:3.11-slim AS packages
COPY requirements/run.txt /tmp/run.txt
RUN python -m venv /opt/ladderbot \
 && /opt/ladderbot/bin/pip install --no-cache-dir --disable-pip-version-check \
      --require-hashes --only-binary :all: -r /tmp/run.txt

FROM python:3.11-slim
RUN useradd --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin ladderbot \
 && install -d -o ladderbot -g ladderbot -m 0700 /data /feedback-keys
COPY --from=packages /opt/ladderbot /opt/ladderbot
WORKDIR /app
COPY pyproject.toml manifest.yml framework.yml framework-small.yml ./
COPY migrations migrations
COPY sandbox sandbox
COPY story story
COPY bot bot
RUN /opt/ladderbot/bin/python -m compileall -q bot migrations sandbox story

# The root file system may be read-only: what is kept is in /data, what is temporary in /tmp.
ENV PATH=/opt/ladderbot/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DATABASE_URL=sqlite:////data/ladderbot.db \
    FEEDBACK_KEY_DIR=/feedback-keys \
    HOST=0.0.0.0
VOLUME /data
VOLUME /feedback-keys
USER 10001:10001
EXPOSE 3000

# The page is there where the signing secret is set; a bot on Socket Mode alone listens nowhere.
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["python", "-c", "import os, urllib.request as u; os.environ.get('SLACK_SIGNING_SECRET') and u.urlopen('http://127.0.0.1:' + os.environ.get('PORT', '3000') + '/healthz', timeout=4)"]

ENTRYPOINT ["python", "-m", "bot"]
CMD ["run"]
