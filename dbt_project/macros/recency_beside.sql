{# What recency is called where it is looked at only among those of whom this predictor says something. #}
{% macro recency_beside(predictor) -%}
    concat('recency beside ', {{ predictor }})
{%- endmacro %}

{# Whether a predictor is one of the seed validation_predictors, and not recency beside another one. #}
{% macro stands_alone(predictor) -%}
    {{ predictor }} not like 'recency beside %'
{%- endmacro %}
