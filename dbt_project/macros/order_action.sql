{# What a vendor's order is to the seed of acts: with a discount code it was made for a reward. #}
{% macro order_action(order, with_coupon) -%}
    case when discount_code is null then '{{ order }}' else '{{ with_coupon }}' end
{%- endmacro %}
