package org.peerworks.job.process;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.peerworks.job.api.Program;
import org.peerworks.job.api.ProgramExecutor;
import org.peerworks.job.api.ProgramProvider;
import org.peerworks.job.api.RunningProgram;

/** Runs programs on this machine, detached from the worker's JVM. Linux only. */
@Component(configurationPid = "org.peerworks.job.process")
@Designate(ocd = LocalProgramExecutor.Config.class)
public final class LocalProgramExecutor implements ProgramExecutor {

  @ObjectClassDefinition(
      id = "org.peerworks.job.process",
      name = "Local program executor",
      description = "Which programs jobs may run on this worker, and how")
  @interface Config {
    @AttributeDefinition(
        description =
            "Programs that jobs may run: 'name' for one on the PATH, or"
                + " 'name=/absolute/path [argument …]'")
    String[] programs() default {"sleap-nn"};

    @AttributeDefinition(
        description =
            "Environment variables of programs: 'NAME=value', or 'NAME' to hand on the worker's")
    String[] environment() default {};

    @AttributeDefinition(description = "Niceness of programs, 0 to 19", min = "0", max = "19")
    int nice() default 0;

    @AttributeDefinition(description = "Resource limits of programs, as prlimit(1) names them")
    String[] limits() default {};
  }

  private static final Path SETSID = Path.of("/usr/bin/setsid");

  /** For nobody else on this machine. */
  private static final FileAttribute<?> OWN =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final Map<String, String> worker;
  private final Path home;
  private final ProvidedPrograms provided = new ProvidedPrograms();
  private final Supervisor supervisor;
  private final ProcessTable processes = new ProcessTable(Path.of("/proc"));
  private final ProgramWatch watch;
  private volatile Setup setup;

  @Activate
  public LocalProgramExecutor(BundleContext context, Config config) throws IOException {
    this(data(context), config, System.getenv(), SETSID);
  }

  LocalProgramExecutor(Path data, Config config, Map<String, String> worker, Path setsid)
      throws IOException {
    this.worker = worker;
    Path directory = data.resolve("programs").toAbsolutePath();
    home = directory.resolve("home");
    setup = Setup.of(config, worker, home);
    supervisor = new Supervisor(setsid, directory, processes);
    watch = new ProgramWatch();
  }

  private static Path data(BundleContext context) {
    String data = context.getProperty("peerworks.data");
    if (data == null) {
      throw new IllegalStateException(
          "The framework property 'peerworks.data' is not set; set it to the data directory.");
    }
    return Path.of(data);
  }

  /** For programs that start from now on; those that run are not disturbed. */
  @Modified
  void modified(Config config) {
    setup = Setup.of(config, worker, home);
  }

  @Deactivate
  void deactivate() {
    watch.close();
  }

  @Reference(
      name = "providers",
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  void addProvider(ServiceReference<ProgramProvider> reference, ProgramProvider provider) {
    provided.add(reference, provider);
  }

  void removeProvider(ServiceReference<ProgramProvider> reference) {
    provided.remove(reference);
  }

  @Override
  public RunningProgram start(
      Program program, Path stepDirectory, Path log, Map<String, String> environment)
      throws IOException {
    Setup now = setup;
    Command command = find(now.allowed(), program.name());
    StepFiles files = new StepFiles(stepDirectory);
    if (files.isTaken()) {
      throw new IOException(
          "A program was started in '" + files.directory() + "' before; use an empty directory.");
    }
    if (!Files.isDirectory(program.workingDirectory())) {
      throw new IOException(
          "The working directory '" + program.workingDirectory() + "' does not exist; make it.");
    }
    Files.createDirectories(files.temporary());
    files.takeRoom();
    Files.createDirectories(home, OWN);
    FileChannel.open(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND).close();
    Map<String, String> mark = Map.of(ProcessGroup.MARK, files.directory().toString());
    List<String> words =
        Stream.concat(now.limits().words().stream(), command.with(program.arguments()).stream())
            .toList();
    Leader leader;
    try {
      leader =
          supervisor.start(
              words,
              program.workingDirectory(),
              files,
              log,
              now.clean().with(program.environment(), environment, mark));
    } catch (IllegalArgumentException e) {
      throw new IOException("Cannot start '" + program.name() + "': " + e.getMessage(), e);
    }
    return follow(leader, files);
  }

  @Override
  public Optional<RunningProgram> find(Path stepDirectory) throws IOException {
    StepFiles files = new StepFiles(stepDirectory);
    return files.leader().map(leader -> follow(leader, files));
  }

  @Override
  public Optional<String> describe(String programName) {
    try {
      Optional<String> command = setup.allowed().find(programName).map(Command::description);
      return command.isPresent() ? command : provided.describe(programName);
    } catch (IOException e) {
      return Optional.empty(); // starting it says why
    }
  }

  private Command find(AllowedPrograms allowed, String name) throws IOException {
    Optional<Command> command = allowed.find(name);
    if (command.isEmpty()) {
      command = provided.find(name);
    }
    return command.orElseThrow(() -> new IOException(missing(allowed.allows(name), name)));
  }

  private static String missing(boolean allowed, String name) {
    return allowed
        ? "No program '"
            + name
            + "' on this worker. Install it on the worker's PATH, or set 'programs' in "
            + AllowedPrograms.FILE
            + "."
        : "Program '"
            + name
            + "' is not allowed on this worker. Its administrator may add it to 'programs' in "
            + AllowedPrograms.FILE
            + ".";
  }

  private RunningProgram follow(Leader leader, StepFiles files) {
    ProcessGroup group = new ProcessGroup(leader, files.directory().toString(), processes);
    LocalProgram program = new LocalProgram(leader, files, group, watch);
    watch.lookNow(program);
    return program;
  }
}
