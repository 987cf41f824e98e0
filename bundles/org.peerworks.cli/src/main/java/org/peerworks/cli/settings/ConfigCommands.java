package org.peerworks.cli.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.peerworks.cli.CommandFailure;
import org.peerworks.cli.command.ConfigInvocation;
import org.peerworks.cli.command.ConfigInvocation.AddMount;
import org.peerworks.cli.command.ExitStatus;
import org.peerworks.cli.command.Server;
import org.peerworks.cli.terminal.Console;
import org.peerworks.cli.terminal.Table;
import org.peerworks.lib.account.ConfigEditor;
import org.peerworks.lib.account.PathMapping;
import org.peerworks.lib.account.PathMappings;
import org.peerworks.lib.account.Places;
import org.peerworks.lib.account.SleapSettings;

/** Looks after sleap-rtc's configuration file. */
public final class ConfigCommands {

  private static final int LONGEST_LABEL = 64;

  private final Console console;

  public ConfigCommands(Console console) {
    this.console = console;
  }

  /**
   * Runs a command.
   *
   * @return exit status
   */
  public int run(ConfigInvocation invocation) throws IOException, InterruptedException {
    Places places = invocation.context().places();
    if (invocation instanceof ConfigInvocation.Show show) {
      return show(places, show.context().server().orElseThrow());
    } else if (invocation instanceof ConfigInvocation.ShowPath) {
      return path(places);
    } else if (invocation instanceof AddMount add) {
      return addMount(places, add);
    } else if (invocation instanceof ConfigInvocation.RemoveMount remove) {
      ConfigEditor editor =
          new ConfigEditor(remove.global() ? places.homeConfig() : places.config());
      return removed(editor, editor.removeMount(remove.mount()), "mount '" + remove.mount() + "'");
    } else if (invocation instanceof ConfigInvocation.Init init) {
      return new NewConfig(console).write(init);
    } else if (invocation instanceof ConfigInvocation.AddPathMapping add) {
      return addMapping(places, new PathMapping(add.local(), add.worker()));
    } else if (invocation instanceof ConfigInvocation.RemovePathMapping remove) {
      ConfigEditor editor = new ConfigEditor(places.homeConfig());
      int count =
          editor.removePathMapping(
              trimmed(remove.local()), remove.worker().map(ConfigCommands::trimmed));
      return removed(editor, count, "mapping of '" + remove.local() + "'");
    }
    return listMappings(places);
  }

  private int show(Places places, Server server) throws IOException {
    SleapSettings settings = SleapSettings.read(places);
    List<PathMapping> mappings = PathMappings.read(places).mappings();
    if (console.json()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("file", settings.file().toString());
      document.put("exists", Files.exists(settings.file()));
      document.put("environment", settings.environment());
      document.put("webSocket", server.webSocket().toString());
      document.put("http", server.http().toString());
      document.put(
          "workingDirectory", settings.workingDirectory().map(Path::toString).orElse(null));
      document.put(
          "mounts",
          settings.mounts().stream()
              .map(m -> Map.of("label", m.label(), "path", m.path().toString()))
              .toList());
      document.put("pathMappings", mappings.stream().map(ConfigCommands::json).toList());
      document.put("warnings", settings.warnings());
      console.emit(document);
      return ExitStatus.SUCCESS;
    }
    line(
        "File",
        settings.file()
            + (Files.exists(settings.file()) ? "" : " (not there; 'config init' makes one)"));
    line("Environment", settings.environment());
    line(
        "Messages",
        server.webSocket()
            + source(places, "SLEAP_RTC_SIGNALING_WS", settings.webSocket().isPresent()));
    line(
        "Calls",
        server.http() + source(places, "SLEAP_RTC_SIGNALING_HTTP", settings.http().isPresent()));
    line("Working dir", settings.workingDirectory().map(Path::toString).orElse("none"));
    Table mounts = new Table("MOUNT", "PATH");
    settings.mounts().forEach(mount -> mounts.row(mount.label(), mount.path().toString()));
    table(mounts);
    table(mappings(mappings));
    settings.warnings().forEach(warning -> console.warn("Warning: " + warning));
    return ExitStatus.SUCCESS;
  }

  private static String source(Places places, String variable, boolean configured) {
    return places.variable(variable).isPresent()
        ? " (" + variable + ")"
        : configured ? " (the file)" : "";
  }

  private int path(Places places) {
    if (console.json()) {
      console.emit(
          Map.of("path", places.config().toString(), "exists", Files.exists(places.config())));
    } else {
      console.say(places.config().toString());
    }
    return ExitStatus.SUCCESS;
  }

  private int addMount(Places places, AddMount add) throws IOException {
    if (!Files.isDirectory(add.path())) {
      throw CommandFailure.usage("'" + add.path() + "' is no directory. Create or mount it first.");
    }
    if (add.label().isBlank()
        || add.label().length() > LONGEST_LABEL
        || add.label().chars().anyMatch(Character::isISOControl)) {
      throw CommandFailure.usage(
          "A label has 1 to " + LONGEST_LABEL + " characters, none of them a control character.");
    }
    ConfigEditor editor = new ConfigEditor(add.global() ? places.homeConfig() : places.config());
    for (Map<String, String> mount : editor.mounts()) {
      if (add.label().equals(mount.get("label"))) {
        throw CommandFailure.usage(
            "There is a mount '"
                + add.label()
                + "' already, of '"
                + mount.get("path")
                + "'. Give another label, or remove that one with 'config remove-mount'.");
      }
    }
    editor.addMount(add.path(), add.label());
    console.say(
        "Added mount '"
            + add.label()
            + "' of '"
            + add.path()
            + "' to '"
            + editor.file()
            + "'. A worker notices when it starts.");
    console.emit(
        Map.of(
            "file", editor.file().toString(), "label", add.label(), "path", add.path().toString()));
    return ExitStatus.SUCCESS;
  }

  private int addMapping(Places places, PathMapping typed) throws IOException {
    PathMapping mapping = new PathMapping(trimmed(typed.local()), trimmed(typed.worker()));
    if (!absolute(mapping.local()) || !absolute(mapping.worker())) {
      throw CommandFailure.usage(
          "Both paths must be absolute, but were '"
              + typed.local()
              + "' and '"
              + typed.worker()
              + "'.");
    }
    ConfigEditor editor = new ConfigEditor(places.homeConfig());
    if (!editor.pathMappings().contains(json(mapping))) {
      editor.addPathMapping(mapping);
    }
    console.say(
        "'"
            + mapping.local()
            + "' is '"
            + mapping.worker()
            + "' on workers, says '"
            + editor.file()
            + "'.");
    console.emit(
        Map.of(
            "file",
            editor.file().toString(),
            "local",
            mapping.local(),
            "worker",
            mapping.worker()));
    return ExitStatus.SUCCESS;
  }

  private static boolean absolute(String path) {
    return path.matches("(?s)(/|\\\\\\\\|[A-Za-z]:[/\\\\]?).*")
        && path.chars().noneMatch(Character::isISOControl);
  }

  private static String trimmed(String path) {
    return path.length() > 1 ? path.strip().replaceAll("(?<=.)[/\\\\]+$", "") : path;
  }

  private int removed(ConfigEditor editor, int count, String what) {
    if (count == 0) {
      throw CommandFailure.failed("There is no " + what + " in '" + editor.file() + "'.", null);
    }
    console.say("Removed the " + what + " from '" + editor.file() + "'.");
    console.emit(Map.of("file", editor.file().toString(), "removed", count));
    return ExitStatus.SUCCESS;
  }

  private int listMappings(Places places) throws IOException {
    List<PathMapping> mappings = PathMappings.read(places).mappings();
    if (console.json()) {
      console.emit(Map.of("pathMappings", mappings.stream().map(ConfigCommands::json).toList()));
    } else if (mappings.isEmpty()) {
      console.say("No path mappings. Add one with 'config add-path-mapping'.");
    } else {
      mappings(mappings).lines().forEach(console::say);
    }
    return ExitStatus.SUCCESS;
  }

  private static Table mappings(List<PathMapping> mappings) {
    Table table = new Table("LOCAL", "WORKER");
    mappings.forEach(mapping -> table.row(mapping.local(), mapping.worker()));
    return table;
  }

  private static Map<String, String> json(PathMapping mapping) {
    return Map.of("local", mapping.local(), "worker", mapping.worker());
  }

  private void table(Table table) {
    if (!table.isEmpty()) {
      console.say("");
      table.lines().forEach(console::say);
    }
  }

  private void line(String title, String text) {
    console.say(String.format("%-13s %s", title + ":", text));
  }
}
