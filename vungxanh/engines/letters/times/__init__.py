"""Times in letters: days and clocks, the rhythm of orders, deadlines, the as-of of figures.

Read through `engines.letters.moments` and `engines.letters.deadlines`.
"""
