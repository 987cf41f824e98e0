package org.peerworks.cli.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The group of commands about the configuration file. */
@Command(
    name = "config",
    description = {
      "Look after sleap-rtc's configuration file: ./sleap-rtc.toml, else ~/.sleap-rtc/config.toml.",
      "Comments, order and settings that are not known here stay as they are."
    },
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExample:%n",
    footer = "  ${COMMAND-FULL-NAME} show")
final class ConfigLines implements Group {

  @Mixin private HelpOptions help;

  @Override
  public List<Class<? extends Line>> lines() {
    return List.of(
        ShowLine.class,
        PathLine.class,
        AddMountLine.class,
        RemoveMountLine.class,
        InitLine.class,
        AddMappingLine.class,
        RemoveMappingLine.class,
        ListMappingsLine.class);
  }

  @Command(
      name = "show",
      description = "Show what counts, and where it comes from.",
      footerHeading = "%nExample:%n",
      footer = "  ${COMMAND-FULL-NAME} --json")
  static final class ShowLine extends CallLine {
    @Override
    OwnInvocation command(OwnInvocation.Context context) {
      return new ConfigInvocation.Show(context);
    }
  }

  @Command(
      name = "path",
      description = "Print the path of the file that counts.",
      footerHeading = "%nExample:%n",
      footer = "  ${COMMAND-FULL-NAME}")
  static final class PathLine extends OwnLine {
    @Override
    OwnInvocation command(OwnInvocation.Context context) {
      return new ConfigInvocation.ShowPath(context);
    }
  }

  @Command(
      name = "add-mount",
      description = "Let clients look into a directory of this machine, when a worker runs on it.",
      footerHeading = "%nExample:%n",
      footer = "  ${COMMAND-FULL-NAME} /vast/data vast")
  static final class AddMountLine extends OwnLine {

    @Parameters(index = "0", paramLabel = "PATH", description = "The directory.")
    private Path path;

    @Parameters(index = "1", paramLabel = "LABEL", description = "What clients see.")
    private String label;

    @Mixin private GlobalOption global;

    @Override
    OwnInvocation command(OwnInvocation.Context context) {
      Path directory = context.places().directory().resolve(path).normalize();
      return new ConfigInvocation.AddMount(context, directory, label, global.given());
    }
  }

  @Command(
      name = "remove-mount",
      description = "Take a mount out of the file.",
      footerHeading = "%nExample:%n",
      footer = "  ${COMMAND-FULL-NAME} vast")
  static final class RemoveMountLine extends OwnLine {

    @Parameters(paramLabel = "LABEL", description = "Its label, or its path.")
    private String mount;

    @Mixin private GlobalOption global;

    @Override
    OwnInvocation command(OwnInvocation.Context context) {
      return new ConfigInvocation.RemoveMount(context, mount, global.given());
    }
  }

  @Command(
      name = "init",
      description = {
        "Write a new file with the address of the server that this program uses.",
        "A server that does not answer is written only with --force."
      },
      footerHeading = "%nExample:%n",
      footer = "  ${COMMAND-FULL-NAME} --global --server wss://signaling.example.org")
  static final class InitLine extends CallLine {

    @Mixin private GlobalOption global;

    @Option(
        names = {"-f", "--force"},
        order = 10,
        description = "Replace a file that is there; write a server that does not answer.")
    private boolean force;

    @Override
    OwnInvocation command(OwnInvocation.Context context) {
      return new ConfigInvocation.Init(context, global.given(), force);
    }
  }

  @Command(
      name = "add-path-mapping",
      description = "Say how a directory of this machine is called on the worker.",
      footerHeading = "%nExample:%n",
      footer = "  ${COMMAND-FULL-NAME} /Users/me/data /vast/me/data")
  static final class AddMappingLine extends OwnLine {

    @Parameters(index = "0", paramLabel = "LOCAL", description = "The directory here.")
    private String local;

    @Parameters(index = "1", paramLabel = "WORKER", description = "The same one on the worker.")
    private String worker;

    @Override
    OwnInvocation command(OwnInvocation.Context context) {
      return new ConfigInvocation.AddPathMapping(context, local, worker);
    }
  }

  @Command(
      name = "remove-path-mapping",
      description = "Take the mappings of a directory out of the file.",
      footerHeading = "%nExample:%n",
      footer = "  ${COMMAND-FULL-NAME} /Users/me/data")
  static final class RemoveMappingLine extends OwnLine {

    @Parameters(index = "0", paramLabel = "LOCAL", description = "The directory here.")
    private String local;

    @Parameters(
        index = "1",
        arity = "0..1",
        paramLabel = "WORKER",
        description = "Only the mapping to this directory.")
    private String worker;

    @Override
    OwnInvocation command(OwnInvocation.Context context) {
      return new ConfigInvocation.RemovePathMapping(context, local, Optional.ofNullable(worker));
    }
  }

  @Command(
      name = "list-path-mappings",
      description = "List how directories of this machine are called on workers.",
      footerHeading = "%nExample:%n",
      footer = "  ${COMMAND-FULL-NAME}")
  static final class ListMappingsLine extends OwnLine {
    @Override
    OwnInvocation command(OwnInvocation.Context context) {
      return new ConfigInvocation.ListPathMappings(context);
    }
  }

  /** Which file. */
  static final class GlobalOption {

    @Option(
        names = "--global",
        order = 5,
        description = "In ~/.sleap-rtc/config.toml, even where ./sleap-rtc.toml counts.")
    private boolean global;

    boolean given() {
      return global;
    }
  }
}
