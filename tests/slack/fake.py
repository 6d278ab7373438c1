"""A fake Slack over real HTTP on 127.0.0.1, stricter than Slack, with a plain synchronous face.

How a conversation test is written (fixture `slack` from `tests.slack.fixtures`):

    def test_a_member_learns_who_represents_farsta(slack: FakeSlack, app_url: str) -> None:
        slack.sends_to(f"{app_url}/slack/events")           # or nothing: Socket Mode
        maja = slack.user("Maja Ekvall", "maja.ekvall@stockholm.example")
        channel = slack.channel("farsta-styrgrupp", members=[maja])
        seen = maja.command("/samverkan", "vem Farsta", channel)
        assert "Farsta" in seen.message.plain and seen.message.ephemeral
        form = maja.command("/samverkan", "rapportera", channel).view   # by views.open
        done = maja.fills(form, {"Status": "Klar", "Kommentar": "Montage v. 32"}).submit()
        assert done.closed and not done.errors               # or done.view: update, push
        seen = maja.presses("Ångra", slack.ephemerals[-1])   # label or action_id, on a message/view
        post = maja.writes_dm("vem Farsta").reply()          # waits at most 3 s for the bot's post
        post = maja.mentions_bot(channel, "vem Farsta").reply()
        home = maja.opens_home().reply()                     # the view published for Maja
        seen = maja.uses_shortcut("report", message)         # callback_id; then seen.view
        options = maja.looks_for("Åtgärd", "FAR", form)      # block_suggestion -> labels

The app is told: Web API `slack.api_url` (ends in /api/), `slack.signing_secret`, `slack.app_token`
(Socket Mode), `slack.client_id`/`client_secret`, and for each installed workspace
`slack.workspace.{team_id, bot_token, bot_user_id, bot_id}`; `slack.add_workspace(name)` adds one
that the app gets by OAuth: `maja.installs(f"{app_url}/slack/install")`.
Records: `slack.posts`, `.ephemerals`, `.views`, `.homes[user_id]`, `.files`, `.prompts`, `.calls`
(every Web API call with its answer), `.deliveries` (every request to the app and what came back)
and `.faults` (what a member would have seen as a failure, or a payload that Slack refuses): the
fixture fails a test that leaves faults behind, so a test that provokes one calls
`slack.faults.clear()`. Switches: `slack.limits_rate = True` (1/s per channel and the tiers),
`slack.trouble.append(Trouble.DROP)` (the post is accepted, the answer is lost) or `.ERROR` (500,
nothing posted) or `.ERROR_AFTER` (500, posted), `slack.uninstall()`, `slack.revoke()`,
`maja.is_deactivated()`, `channel.archive()`. Time: `slack.advance(minutes=1)` moves Slack's own
clock (triggers, response_url, rates) and sends the event retries that are due by then;
`slack.signs_at` is the clock of the signatures (the real one unless set).
"""
