package org.peerworks.cli.account;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.peerworks.cli.CommandFailure;
import org.peerworks.cli.command.OwnInvocation.Context;
import org.peerworks.cli.terminal.Console;
import org.peerworks.lib.account.CredentialStore;
import org.peerworks.lib.account.Credentials;

/** What commands about the account work with: files, server, and the person who typed them. */
final class Desk {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Context context;
  private final Console console;
  private final CredentialStore store;

  Desk(Context context, Console console) {
    this.context = context;
    this.console = console;
    this.store = new CredentialStore(context.places());
  }

  Context context() {
    return context;
  }

  Console console() {
    return console;
  }

  CredentialStore store() {
    return store;
  }

  /** Calls as nobody. */
  ServerCalls strangerCalls() {
    return calls(Optional.empty());
  }

  /**
   * Calls as the user: with the sign-in, else with the account's key.
   *
   * @throws CommandFailure if there is neither
   */
  ServerCalls calls() throws IOException {
    Credentials credentials = store.read();
    Optional<String> variable = context.places().variable("SLEAP_RTC_ACCOUNT_KEY");
    Optional<String> proof =
        credentials.jwt().or(() -> variable).or(credentials::accountKey).filter(Desk::harmless);
    if (proof.isEmpty()) {
      throw CommandFailure.usage("Nobody is signed in on this machine. Sign in with 'login'.");
    }
    if (!proof.equals(variable)) {
      requireServer(credentials);
    }
    return calls(proof);
  }

  /** What proves the user to one server is none of another's business. */
  private void requireServer(Credentials credentials) {
    URI called = context.server().orElseThrow().http();
    Optional<String> other = credentials.signedInElsewhere(called);
    if (other.isPresent()) {
      throw CommandFailure.usage(
          "You are signed in at "
              + other.get()
              + ", not at "
              + called
              + ". Sign in there with 'login', or name the other one with --server-http.");
    }
  }

  ServerCalls calls(Optional<String> bearer) {
    return new ServerCalls(context.server().orElseThrow().http(), bearer, PATIENCE);
  }

  /** What may stand in a header. */
  static boolean harmless(String proof) {
    if (!proof.matches("[A-Za-z0-9._~+/=-]{1,16384}")) {
      throw CommandFailure.usage("The stored sign-in is damaged. Sign in again with 'login'.");
    }
    return true;
  }

  /**
   * Asks before something is lost.
   *
   * @throws CommandFailure if nobody can be asked, or the answer is not yes
   */
  void confirm(boolean force, String question) {
    if (force) {
      return;
    }
    if (!asks()) {
      throw CommandFailure.usage(question + " Nobody can be asked here, so add --force.");
    }
    String answer = console.ask(question + " [y/N]").orElse("");
    if (!answer.matches("(?i)y|yes")) {
      throw CommandFailure.failed("Nothing was changed.", null);
    }
  }

  /** Whether there is a person to ask. */
  boolean asks() {
    return context.interactive() && console.terminal();
  }

  /**
   * A text that should not stand on the command line.
   *
   * @param typed {@code -} for standard input; empty for the variable, else a question
   */
  String secret(Optional<String> typed, String variable, String question) {
    if (typed.isPresent() && !typed.get().equals("-")) {
      return typed.get().strip();
    }
    Optional<String> known =
        typed.isPresent() || variable.isEmpty()
            ? Optional.empty()
            : context.places().variable(variable);
    if (known.isPresent()) {
      return known.get().strip();
    }
    if (typed.isPresent()) {
      return console
          .line()
          .filter(line -> !line.isBlank())
          .orElseThrow(() -> CommandFailure.usage("Standard input is empty."));
    }
    if (!asks()) {
      throw CommandFailure.usage(
          question + " Nobody can be asked here, so give it, or - for standard input.");
    }
    return console
        .ask(question)
        .filter(line -> !line.isBlank())
        .orElseThrow(() -> CommandFailure.failed("Nothing was changed.", null));
  }
}
