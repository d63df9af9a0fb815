{# Incremental strategy `replace`: take away what the model's predicates name (everything in a whole build), put in what it selects. #}
{% macro get_incremental_replace_sql(arg_dict) %}
    {%- set columns = get_quoted_csv(arg_dict['dest_columns'] | map(attribute='name')) -%}
    delete from {{ arg_dict['target_relation'] }}
    where {{ 'true' if is_whole_build() else arg_dict['incremental_predicates'] | join(' and ') }};
    insert into {{ arg_dict['target_relation'] }} ({{ columns }})
    select {{ columns }} from {{ arg_dict['temp_relation'] }}
{% endmacro %}
