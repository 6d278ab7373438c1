"""The proof that nothing is lost and nothing comes twice: everything is made to fail, on purpose.

How it works. A fake Slack runs as a process of its own (`slack_server.py`) and writes down which
delivery arrived; it loses the answer to 5 % of what it took and answers 500 to another 5 %. The
bot's processes are forked from one that has imported everything (`nursery.py`), run the very code
of `samverkan web` and `samverkan worker` on a clock that runs faster, and are killed with SIGKILL
at random instants (`killing.py`). Afterwards the database is held against Slack's log
(`reckoning.py`). All chance comes from seeds; all servers listen on 127.0.0.1; whatever a trial
starts ends with it.

How to run it. `make test` runs small trials, as the tests in this folder. `make faults` runs them
at full size, for about half an hour, and writes the figures into the README's table of promises.
"""
