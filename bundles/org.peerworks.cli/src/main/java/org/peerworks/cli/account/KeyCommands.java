package org.peerworks.cli.account;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.peerworks.cli.CommandFailure;
import org.peerworks.cli.command.ExitStatus;
import org.peerworks.cli.command.KeyInvocation;
import org.peerworks.cli.terminal.Console;
import org.peerworks.cli.terminal.Table;

/** Looks after the keys of the account. */
public final class KeyCommands {

  private static final String KEYS = "/api/auth/account-keys";
  private static final String KEY = "slp_acct_[A-Za-z0-9_-]{8,256}";
  private static final String VARIABLE = "SLEAP_RTC_ACCOUNT_KEY";

  private final Console console;

  public KeyCommands(Console console) {
    this.console = console;
  }

  /**
   * Runs a command.
   *
   * @return exit status
   */
  public int run(KeyInvocation invocation) throws IOException, InterruptedException {
    Desk desk = new Desk(invocation.context(), console);
    if (invocation instanceof KeyInvocation.Create create) {
      return create(desk, create);
    } else if (invocation instanceof KeyInvocation.List list) {
      return list(desk, list);
    } else if (invocation instanceof KeyInvocation.Revoke revoke) {
      return revoke(desk, revoke);
    } else if (invocation instanceof KeyInvocation.Use use) {
      return use(desk, use);
    }
    return show(desk, (KeyInvocation.Show) invocation);
  }

  private int create(Desk desk, KeyInvocation.Create create)
      throws IOException, InterruptedException {
    JsonNode answer = desk.calls().post(KEYS, Map.of("name", create.name()));
    String key =
        Answers.secret(answer, "the key", "slp_acct_", "account_key", "key", "api_key", "key_id");
    console.say("Made key '" + create.name() + "'.");
    if (create.save()) {
      desk.store().update(credentials -> credentials.withAccountKey(key));
      console.say("It is in '" + desk.store().file() + "'.");
    }
    if (create.reveal()) {
      console.say("Key: " + key);
      console.say("On a worker: SLEAP_RTC_ACCOUNT_KEY, or 'worker --room ROOM --key-file FILE'.");
    }
    if (console.json()) {
      console.emit(
          Map.of("key", create.reveal() ? answer : Masked.json(answer), "saved", create.save()));
    }
    return ExitStatus.SUCCESS;
  }

  private static List<JsonNode> keys(Desk desk) throws IOException, InterruptedException {
    JsonNode answer = desk.calls().get(KEYS);
    return Answers.rows(answer, answer.has("keys") ? "keys" : "account_keys");
  }

  private int list(Desk desk, KeyInvocation.List list) throws IOException, InterruptedException {
    List<JsonNode> keys = keys(desk);
    if (console.json()) {
      console.emit(Map.of("keys", list.full() ? keys : keys.stream().map(Masked::json).toList()));
      return ExitStatus.SUCCESS;
    }
    Table table = new Table("KEY", "NAME", "CREATED", "LAST USED", "STATE");
    keys.forEach(
        key ->
            table.row(
                list.full() ? id(key) : Masked.id(id(key)),
                Answers.text(key, "name"),
                Times.shown(key.path("created_at"), ""),
                Times.shown(key.path("last_used_at"), ""),
                revoked(key) ? "revoked" : "good"));
    if (table.isEmpty()) {
      console.say("No keys. Make one with 'key create'.");
    } else {
      table.lines().forEach(console::say);
    }
    return ExitStatus.SUCCESS;
  }

  private static String id(JsonNode key) {
    return Answers.text(key, "key_id", "id");
  }

  private static boolean revoked(JsonNode key) {
    return key.path("revoked").asBoolean(false) || !Answers.text(key, "revoked_at").isEmpty();
  }

  private int revoke(Desk desk, KeyInvocation.Revoke revoke)
      throws IOException, InterruptedException {
    String id = Picked.id(keys(desk), revoke.id(), "key", "key_id", "id");
    desk.confirm(
        revoke.force(),
        "Revoke key " + Masked.id(id) + "? Workers that came in with it are put out.");
    desk.calls().delete(KEYS + "/" + ServerCalls.segment(id));
    console.say("Revoked key " + Masked.id(id) + ".");
    if (desk.store().read().accountKey().filter(key -> key.startsWith(id)).isPresent()) {
      desk.store().update(credentials -> credentials.withoutAccountKey());
      console.say("It is gone from '" + desk.store().file() + "' too.");
    }
    console.emit(Map.of("revoked", Masked.id(id)));
    return ExitStatus.SUCCESS;
  }

  private int use(Desk desk, KeyInvocation.Use use) throws IOException {
    String key = desk.secret(use.key(), VARIABLE, "Which key? 'key create --reveal' prints one.");
    if (!key.matches(KEY)) {
      throw CommandFailure.usage(
          "That is no account key: it begins with slp_acct_. Make one with 'key create'.");
    }
    desk.store().update(credentials -> credentials.withAccountKey(key));
    console.say("Key " + Masked.secret(key) + " is in '" + desk.store().file() + "'.");
    console.emit(Map.of("saved", true));
    return ExitStatus.SUCCESS;
  }

  private int show(Desk desk, KeyInvocation.Show show) throws IOException {
    Optional<String> variable = desk.context().places().variable(VARIABLE);
    Optional<String> key = variable.or(() -> stored(desk));
    if (key.isEmpty()) {
      throw CommandFailure.failed(
          "No account key is stored. Make one with 'key create --save', or 'key use'.", null);
    }
    String shown = show.reveal() ? key.get() : Masked.secret(key.get());
    String source = variable.isPresent() ? VARIABLE : desk.store().file().toString();
    console.say(shown + " (from " + source + ")");
    if (console.json()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("key", shown);
      document.put("source", source);
      console.emit(document);
    }
    return ExitStatus.SUCCESS;
  }

  private static Optional<String> stored(Desk desk) {
    try {
      return desk.store().read().accountKey();
    } catch (IOException e) {
      throw CommandFailure.usage(e.getMessage(), e);
    }
  }
}
