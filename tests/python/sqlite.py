"""Prints the rows of statements as the sqlite3 command does, where that is not installed."""

import sqlite3
import sys

connection = sqlite3.connect(sys.argv[1])
for statement in sys.argv[2].split(";"):
    for row in connection.execute(statement):
        print(*["" if value is None else value for value in row], sep="|")
