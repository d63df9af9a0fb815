{#
    Whom a row of a file is about: the loyalty member, else whoever buys under that address. An excluded address is nobody's
    in particular, so that it names no customer by itself.
#}
{% macro files_identifier_type(prefix='') -%}
    case
        when {{ prefix }}loyalty_id is not null then 'loyalty_id'
        when {{ prefix }}email_digest is null then null
        when {{ prefix }}email_exclusion is not null then 'email'
        else 'files_customer_id'
    end
{%- endmacro %}

{% macro files_identifier(prefix='') -%}
    coalesce({{ prefix }}loyalty_id, {{ prefix }}email_digest)
{%- endmacro %}
