"""How near the marts come to what is true: the city, whose truth is known, walked through the whole pipeline."""
