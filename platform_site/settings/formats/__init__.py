"""How dates and numbers are written where Django's own choice does not fit readers in Europe."""
