package org.peerworks.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.peerworks.cli.command.CommandLinesAccess;
import org.peerworks.cli.command.OwnInvocation;
import org.peerworks.cli.command.Parsed;
import org.peerworks.cli.terminal.Console;
import org.peerworks.lib.account.Credentials;
import org.peerworks.lib.account.Places;

/** A person with a home directory who types commands about account and files. */
public final class OwnCommandLine {

  public final Map<String, String> environment = new HashMap<>();
  public final Path home;
  public final Path here;

  /** Whether there is a terminal, and what is typed there. */
  public boolean terminal;

  public String input = "";

  private ByteArrayOutputStream out = new ByteArrayOutputStream();
  private ByteArrayOutputStream err = new ByteArrayOutputStream();

  public OwnCommandLine(Path temporary, URI server) throws IOException {
    this.home = Files.createDirectories(temporary.resolve("home"));
    this.here = Files.createDirectories(temporary.resolve("here"));
    environment.put("HOME", home.toString());
    environment.put("SLEAP_RTC_SIGNALING_HTTP", server.toString());
    environment.put("SLEAP_RTC_SIGNALING_WS", server.toString().replace("http", "ws"));
  }

  /** Runs a command; gives its exit status. */
  public int run(String... words) {
    out = new ByteArrayOutputStream();
    err = new ByteArrayOutputStream();
    Parsed parsed =
        CommandLinesAccess.parse(
            here, environment, new PrintStream(err, true, StandardCharsets.UTF_8), words);
    if (parsed instanceof Parsed.Answered answered) {
      return answered.status();
    }
    OwnInvocation invocation = (OwnInvocation) ((Parsed.Run) parsed).invocation();
    return new OwnCommands(console(invocation)).run(invocation);
  }

  /** A command line as it was typed, for tests that bring a part of their own. */
  public OwnInvocation parsed(String... words) {
    return (OwnInvocation)
        ((Parsed.Run) CommandLinesAccess.parse(here, environment, System.err, words)).invocation();
  }

  /** Where that command speaks. */
  public Console console(OwnInvocation invocation) {
    return Console.on(
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
        invocation.json(),
        terminal,
        100);
  }

  public String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  public String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  public String said() {
    return out() + err();
  }

  public Credentials credentials() throws IOException {
    return Credentials.read(places().credentials());
  }

  public Places places() {
    return new Places(here, home, environment);
  }

  /** Signed in without a server. */
  public void signIn(String jwt) throws IOException {
    Files.createDirectories(places().folder());
    Files.writeString(
        places().credentials(),
        "{\"jwt\":\"" + jwt + "\",\"user\":{\"user_id\":\"u1\",\"username\":\"anna\"}}");
  }
}
