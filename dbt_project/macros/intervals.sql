{#
    The ends of intervals, `side` -1 for the lower and 1 for the upper one; `interval_z` standard errors are a column beside
    them. Null where nobody answered, and rounded, so that they read the same run after run.

    Of a share: Wilson's score interval (1927, https://doi.org/10.1080/01621459.1927.10502953).
#}
{% macro share_bound(n_with, n, side) -%}
    round((
        {{ n_with }} + interval_z * interval_z / 2.0
        + {{ side }} * interval_z * sqrt(
            cast({{ n_with }} as double) * ({{ n }} - {{ n_with }}) / nullif({{ n }}, 0) + interval_z * interval_z / 4.0
        )
    ) / (nullif({{ n }}, 0) + interval_z * interval_z), 9)
{%- endmacro %}

{#
    Of a promoter score, in points: the adjusted Wald interval with three answers more, three quarters of them promoters and
    three quarters detractors (Rocks 2016, https://doi.org/10.1080/00031305.2016.1158124).
#}
{% macro promoter_bound(n_promoters, n_detractors, n, side) -%}
    {%- set promoters = '(' ~ n_promoters ~ ' + 0.75) / (nullif(' ~ n ~ ', 0) + 3.0)' -%}
    {%- set detractors = '(' ~ n_detractors ~ ' + 0.75) / (nullif(' ~ n ~ ', 0) + 3.0)' -%}
    round(100 * (
        {{ promoters }} - {{ detractors }}
        + {{ side }} * interval_z * sqrt(
            ({{ promoters }} + {{ detractors }} - power({{ promoters }} - {{ detractors }}, 2))
            / (nullif({{ n }}, 0) + 3.0)
        )
    ), 9)
{%- endmacro %}

{# Of a mean, from its sum and the sum of squares: the normal interval; null below two answers, too narrow below some thirty. #}
{% macro mean_bound(total, squares, n, side) -%}
    round(
        cast({{ total }} as double) / nullif({{ n }}, 0)
        + {{ side }} * interval_z * sqrt(
            greatest(
                cast({{ squares }} as double) - power(cast({{ total }} as double), 2) / nullif({{ n }}, 0), 0
            ) / nullif({{ n }} - 1, 0) / nullif({{ n }}, 0)
        ), 9
    )
{%- endmacro %}
