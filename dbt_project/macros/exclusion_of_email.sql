{#
    Why an email stands for nobody, null where it may: its local part or its domain is in identity_exclusions. Told in
    staging, because a digest shows neither any more.
#}
{% macro exclusion_of_email(email) -%}
    coalesce(
        {%- for part, place in [('local_part', 1), ('domain', 2)] %}
        (
            select min(exclusions.reason)
            from {{ ref('identity_exclusions') }} as exclusions
            where
                exclusions.part = '{{ part }}'
                and exclusions.value = {{ dbt.split_part('lower(trim(' ~ email ~ '))', "'@'", place) }}
        ){{ ',' if not loop.last }}
        {%- endfor %}
    )
{%- endmacro %}
