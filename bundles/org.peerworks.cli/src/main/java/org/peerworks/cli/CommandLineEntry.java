package org.peerworks.cli;

import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.ToIntFunction;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.peerworks.cli.command.CommandLines;
import org.peerworks.cli.command.Parsed;
import org.peerworks.cli.connect.FrameworkServices;
import org.peerworks.cli.select.Selector;
import org.peerworks.cli.terminal.Console;

/** Runs a command line inside the framework, on the caller's thread. */
@Component(immediate = true, service = ToIntFunction.class, property = "peerworks.entry=cli")
public final class CommandLineEntry implements ToIntFunction<String[]> {

  private final BundleContext context;
  private final FutureTask<CommandLines> lines = new FutureTask<>(CommandLines::ofProcess);

  /** Begins to learn all options, which takes longer than to start a bundle. */
  @Activate
  public CommandLineEntry(BundleContext context) {
    this.context = context;
    Thread thread = new Thread(lines, "command-line");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * @param words the command line
   * @return exit status of the program
   */
  @Override
  public int applyAsInt(String[] words) {
    Parsed parsed = lines().read(words);
    if (parsed instanceof Parsed.Answered answered) {
      return answered.status();
    }
    Parsed.Run run = (Parsed.Run) parsed;
    try (FrameworkServices services = new FrameworkServices(context)) {
      Console console = Console.ofProcess(run.invocation().json());
      return new Commands(
              services,
              slp -> new SlpLabelsReader().read(slp),
              console,
              Selector.ofProcess(console),
              Path.of(System.getProperty("java.io.tmpdir")))
          .run(run.invocation());
    }
  }

  private CommandLines lines() {
    try {
      return lines.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return CommandLines.ofProcess();
    } catch (ExecutionException e) {
      throw new IllegalStateException("The command line cannot be read.", e.getCause());
    }
  }
}
