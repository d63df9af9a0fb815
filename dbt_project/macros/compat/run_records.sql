{# The run files as a table; a folder without any is a table without rows, which DuckDB takes for an error. #}
{% macro run_records() -%}
    {%- set pattern = env_var('RAPPORT_RUNS', 'data/runs') ~ '/*.json' -%}
    {%- set columns = {
        'run_id': 'varchar',
        'day': 'date',
        'step': 'varchar',
        'vendor': 'varchar',
        'status': 'varchar',
        'rows_in': 'bigint',
        'rows_out': 'bigint',
        'verdict': 'varchar',
        'started_at': 'timestamp',
        'finished_at': 'timestamp',
        'message': 'varchar'
    } -%}
    {%- set is_there = execute and run_query("select 1 from glob('" ~ pattern ~ "') limit 1") | length > 0 -%}
    {%- if is_there -%}
        read_json('{{ pattern }}', columns = {{ columns | tojson }})
    {%- else -%}
        (
            select
                {%- for name, type in columns.items() %}
                cast(null as {{ type }}) as {{ name }}{{ ',' if not loop.last }}
                {%- endfor %}
            where false
        ) as nothing
    {%- endif -%}
{%- endmacro %}
