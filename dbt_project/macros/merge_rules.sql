{# The rules by which a vendor says that it merged one record into another: the sighting's record stays, its value goes. #}
{% macro merge_rules() -%}
    'contact_merge', 'salesforce_contact_merge', 'salesforce_lead_merge'
{%- endmacro %}
