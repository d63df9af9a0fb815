{# Fails with the names of the actions that neither activity_types nor vendor_activities knows. #}
{%- set unknown -%}
    select
        source_system,
        replace(activity, 'unknown: ', '') as vendor_action,
        count(*) as n_activities
    from {{ ref('int_activity__events') }}
    where activity like 'unknown: %' and {{ in_touched_days('_day') }}
    group by source_system, activity
    order by source_system, activity
{%- endset -%}
{%- if execute and flags.WHICH in ['build', 'test'] -%}
    {%- set names = [] -%}
    {%- for row in run_query(unknown).rows -%}
        {%- do names.append(row[0] ~ " '" ~ row[1] ~ "' (" ~ row[2] ~ ")") -%}
    {%- endfor -%}
    {%- if names -%}
        {%- do exceptions.raise_compiler_error('no row in activity_types or vendor_activities for ' ~ names | join(', ')) -%}
    {%- endif -%}
{%- endif -%}
{{ unknown }}
