{# Which kind of identifier a person's id in Salesforce is: its first three characters say contact or lead. #}
{% macro salesforce_person(id) -%}
    case when {{ id }} like '003%' then 'salesforce_contact_id' when {{ id }} like '00Q%' then 'salesforce_lead_id' end
{%- endmacro %}
