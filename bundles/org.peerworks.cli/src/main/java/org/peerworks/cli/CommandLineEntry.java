package org.peerworks.cli;

import java.nio.file.Path;
import java.util.function.ToIntFunction;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.peerworks.cli.command.Parsed;
import org.peerworks.cli.command.Words;
import org.peerworks.cli.connect.FrameworkServices;
import org.peerworks.cli.select.Selector;
import org.peerworks.cli.terminal.Console;

/** Runs a command line inside the framework, on the caller's thread. */
@Component(immediate = true, service = ToIntFunction.class, property = "peerworks.entry=cli")
public final class CommandLineEntry implements ToIntFunction<String[]> {

  private final BundleContext context;

  @Activate
  public CommandLineEntry(BundleContext context) {
    this.context = context;
  }

  /**
   * @param words the command line
   * @return exit status of the program
   */
  @Override
  public int applyAsInt(String[] words) {
    Parsed parsed = Words.parse(words);
    if (parsed instanceof Parsed.Answered answered) {
      return answered.status();
    }
    Parsed.Run run = (Parsed.Run) parsed;
    try (FrameworkServices services = new FrameworkServices(context)) {
      Console console = Console.ofProcess(run.invocation().json(), run.quiet());
      return new Commands(
              services,
              slp -> new SlpLabelsReader().read(slp),
              console,
              Selector.ofProcess(console),
              Path.of(System.getProperty("java.io.tmpdir")))
          .run(run.invocation());
    }
  }
}
