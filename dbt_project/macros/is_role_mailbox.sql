{# Whether an email belongs to a role, not to a person: told in staging, because a digest no longer shows it. #}
{% macro is_role_mailbox(email) -%}
    coalesce({{ dbt.split_part('lower(trim(' ~ email ~ '))', "'@'", 1) }} in (
        select local_part from {{ ref('role_mailboxes') }}
    ), false)
{%- endmacro %}
