{# The rules whose identifiers follow whoever has them: phones, and handles that one person only may claim. #}
{% macro followed_rules() -%}
    select rules.rule from {{ ref('identity_rules') }} as rules
    where rules.rule = 'contact_phone' or rules.max_group_size = 1
{%- endmacro %}
