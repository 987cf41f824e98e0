package org.peerworks.cli.account;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.peerworks.cli.CommandFailure;
import org.peerworks.cli.command.CredentialsInvocation;
import org.peerworks.cli.command.ExitStatus;
import org.peerworks.cli.terminal.Console;
import org.peerworks.cli.terminal.Table;
import org.peerworks.lib.account.ChannelKey;
import org.peerworks.lib.account.Credentials;

/** Looks after what this machine keeps to prove who the user is. */
public final class CredentialsCommands {

  private final Console console;

  public CredentialsCommands(Console console) {
    this.console = console;
  }

  /**
   * Runs a command.
   *
   * @return exit status
   */
  public int run(CredentialsInvocation invocation) throws IOException {
    Desk desk = new Desk(invocation.context(), console);
    if (invocation instanceof CredentialsInvocation.List) {
      return print(desk, false, true);
    } else if (invocation instanceof CredentialsInvocation.Show show) {
      return print(desk, show.reveal(), false);
    } else if (invocation instanceof CredentialsInvocation.Clear clear) {
      return clear(desk, clear.force());
    } else if (invocation instanceof CredentialsInvocation.RemoveSecret remove) {
      boolean there = desk.store().read().roomSecrets().containsKey(remove.room());
      return remove(
          desk,
          there,
          remove.force(),
          "secret of room " + remove.room(),
          c -> c.withoutRoomSecret(remove.room()));
    } else if (invocation instanceof CredentialsInvocation.RemoveToken remove) {
      boolean there = desk.store().read().tokens().containsKey(remove.room());
      return remove(
          desk,
          there,
          remove.force(),
          "token of room " + remove.room(),
          c -> c.withoutToken(remove.room()));
    }
    boolean force = ((CredentialsInvocation.RemoveAccountKey) invocation).force();
    return remove(
        desk,
        desk.store().read().accountKey().isPresent(),
        force,
        "account key",
        Credentials::withoutAccountKey);
  }

  /** One thing that is kept. */
  private record Item(String kind, String room, String note, String secret) {}

  private int print(Desk desk, boolean reveal, boolean brief) throws IOException {
    List<Item> items = items(desk.store().read());
    if (console.json()) {
      console.emit(
          Map.of(
              "file",
              desk.store().file().toString(),
              "credentials",
              items.stream().map(item -> json(item, reveal, brief)).toList()));
      return ExitStatus.SUCCESS;
    }
    if (items.isEmpty()) {
      console.say("Nothing is kept in '" + desk.store().file() + "'. Sign in with 'login'.");
      return ExitStatus.SUCCESS;
    }
    Table table =
        brief ? new Table("KIND", "ROOM", "NOTE") : new Table("KIND", "ROOM", "NOTE", "SECRET");
    for (Item item : items) {
      if (brief) {
        table.row(item.kind(), item.room(), item.note());
      } else {
        table.row(item.kind(), item.room(), item.note(), shown(item, reveal));
      }
    }
    table.lines().forEach(console::say);
    if (desk.store().exposed()) {
      console.warn(
          "Warning: others can read '"
              + desk.store().file()
              + "'. Run: chmod 600 '"
              + desk.store().file()
              + "'");
    }
    return ExitStatus.SUCCESS;
  }

  private static String shown(Item item, boolean reveal) {
    return reveal || item.secret().isEmpty() ? item.secret() : Masked.secret(item.secret());
  }

  private static Map<String, String> json(Item item, boolean reveal, boolean brief) {
    Map<String, String> all = new java.util.LinkedHashMap<>();
    all.put("kind", item.kind());
    all.put("room", item.room());
    all.put("note", item.note());
    if (!brief) {
      all.put("secret", shown(item, reveal));
    }
    return all;
  }

  private static List<Item> items(Credentials credentials) {
    List<Item> items = new ArrayList<>();
    credentials
        .jwt()
        .ifPresent(
            jwt ->
                items.add(
                    new Item(
                        "sign-in",
                        "",
                        credentials.user().map(Credentials.User::name).orElse("")
                            + Jwt.expires(jwt)
                                .map(time -> ", until " + Times.shown(time))
                                .orElse(""),
                        jwt)));
    credentials.accountKey().ifPresent(key -> items.add(new Item("account key", "", "", key)));
    privateKey(credentials, items);
    credentials.defaultRoom().ifPresent(room -> items.add(new Item("default room", room, "", "")));
    credentials
        .tokens()
        .forEach(
            (room, token) ->
                items.add(new Item("token", room, token.workerName(), token.apiKey())));
    credentials
        .roomSecrets()
        .forEach((room, secret) -> items.add(new Item("secret", room, "", secret)));
    return items;
  }

  private static void privateKey(Credentials credentials, List<Item> items) {
    try {
      credentials
          .privateKey()
          .ifPresent(
              (ChannelKey key) ->
                  items.add(
                      new Item(
                          "private key",
                          "",
                          credentials.publicKeyRegistered() ? "registered" : "not registered",
                          key.privateKey())));
    } catch (IllegalArgumentException e) {
      items.add(new Item("private key", "", "damaged; 'login' makes a new one", ""));
    }
  }

  private int clear(Desk desk, boolean force) throws IOException {
    if (java.nio.file.Files.notExists(desk.store().file())) {
      console.say("Nothing was kept.");
    } else {
      desk.confirm(
          force,
          "Forget all of '" + desk.store().file() + "'? Secrets that are nowhere else are lost.");
      desk.store().clear();
      console.say("Forgot all of '" + desk.store().file() + "'.");
    }
    console.emit(Map.of("cleared", true));
    return ExitStatus.SUCCESS;
  }

  private int remove(
      Desk desk, boolean there, boolean force, String what, UnaryOperator<Credentials> change)
      throws IOException {
    if (!there) {
      throw CommandFailure.failed(
          "No " + what + " is kept. 'credentials list' shows what is.", null);
    }
    desk.confirm(force, "Forget the " + what + "?");
    desk.store().update(change);
    console.say("Forgot the " + what + ".");
    console.emit(Map.of("removed", what));
    return ExitStatus.SUCCESS;
  }
}
