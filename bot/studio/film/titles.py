"""stub"""


class Lettering:
    pass


def typeset(film):
    return (), ()
