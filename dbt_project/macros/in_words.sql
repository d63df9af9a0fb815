{# A small whole number as a word, from one to twelve; others in digits. #}
{% macro in_words(number) -%}
    {%- set words = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'] -%}
    case {{ number }}
        {%- for word in words %} when {{ loop.index }} then '{{ word }}'{% endfor %}
        else cast({{ number }} as {{ dbt.type_string() }}) end
{%- endmacro %}
