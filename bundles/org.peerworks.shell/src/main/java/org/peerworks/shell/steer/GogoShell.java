package org.peerworks.shell.steer;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.threadio.ThreadIO;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.peerworks.shell.api.Shell;
import org.peerworks.shell.api.ShellSession;
import org.peerworks.shell.api.ShellUser;
import org.peerworks.shell.internal.CommandCompletion;
import org.peerworks.shell.rules.Rules;

/** Opens sessions on Gogo's commands for users with roles. */
@Component
public final class GogoShell implements Shell {

  private final CommandProcessor processor;
  private final ThreadIO threads;
  private final Rules rules;
  private final Recorder recorder;
  private final Kind kind;
  private final CommandCompletion completion;

  @Activate
  public GogoShell(
      @Reference(name = "processor") CommandProcessor processor,
      @Reference(name = "threads") ThreadIO threads,
      @Reference(name = "rules") Rules rules,
      @Reference(name = "recorder") Recorder recorder,
      @Reference(name = "kind") Kind kind,
      @Reference(name = "completion") CommandCompletion completion) {
    this.processor = processor;
    this.threads = threads;
    this.rules = rules;
    this.recorder = recorder;
    this.kind = kind;
    this.completion = completion;
  }

  @Override
  public ShellSession open(ShellUser user, InputStream in, OutputStream out, OutputStream err) {
    PrintStream output = new PrintStream(out, false, StandardCharsets.UTF_8);
    PrintStream errors = err == out ? output : new PrintStream(err, false, StandardCharsets.UTF_8);
    CommandSession session = processor.createSession(in, output, errors);
    session.put("SCOPE", "gogo:felix:*");
    Access access = new Access(user, rules);
    return new UserSession(
        user,
        access,
        new Console(session, threads, in, output, errors),
        recorder,
        kind,
        new Completer(new Catalog(session), access, completion));
  }
}
