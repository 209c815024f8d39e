plain
fields
