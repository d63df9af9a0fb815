# One image for every service: Airflow, dbt, Great Expectations and this checkout, installed from the hash-locked
# requirements. Nothing is compiled, nothing runs as root, no secret is in a layer.
FROM python:3.11-slim-bookworm AS environment
COPY requirements.txt /tmp/requirements.txt
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --disable-pip-version-check --only-binary :all: \
        --require-hashes -r /tmp/requirements.txt

FROM python:3.11-slim-bookworm
RUN useradd --uid 50000 --gid 0 --no-create-home --home-dir /opt/airflow --shell /usr/sbin/nologin rapport \
    && install -d -o 50000 -g 0 -m 0770 /opt/airflow /opt/airflow/logs \
    && install -d -o 50000 -g 0 -m 0700 /data
COPY --from=environment /opt/venv /opt/venv
COPY dags /opt/rapport/dags
COPY dbt_project /opt/rapport/dbt_project
COPY expectations /opt/rapport/expectations
COPY extractors /opt/rapport/extractors
COPY publishing /opt/rapport/publishing
COPY sandbox /opt/rapport/sandbox
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONPATH=/opt/rapport \
    PYTHONUNBUFFERED=1 \
    AIRFLOW_HOME=/opt/airflow \
    AIRFLOW__CORE__DAGS_FOLDER=/opt/rapport/dags \
    ARROW_DEFAULT_MEMORY_POOL=system \
    OPENBLAS_NUM_THREADS=1
WORKDIR /opt/rapport
USER 50000:0
ENTRYPOINT ["python", "-m"]
CMD ["airflow", "version"]
