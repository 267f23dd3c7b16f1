"""Who comments, when and in what words: copies, haste, pods, bursts of praise, giveaways.

Every check is a function of a DuckDB connection that holds ``audience_comments`` (comments of a
known creator, not written by them) and ``posts``; it creates one table and returns it as Arrow. A
check whose facts are missing finds nothing; the measures that read it then say what is missing.
"""
