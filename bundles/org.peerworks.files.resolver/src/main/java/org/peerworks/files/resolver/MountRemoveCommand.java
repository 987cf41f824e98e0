package org.peerworks.files.resolver;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** {@code files:mount-remove}; no method of Java has this name, so it is a function of Gogo's. */
@Component(
    service = MountRemoveCommand.class,
    property = "peerworks.complete=mount-remove addedLabels")
@GogoCommand(scope = "files", function = "mount-remove")
public final class MountRemoveCommand implements Function {

  @Reference(
      name = "table",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile MountTable table;

  @Override
  public Object execute(CommandSession session, List<Object> arguments) throws IOException {
    if (arguments.size() != 1) {
      throw new IllegalArgumentException(
          "Usage: files:mount-remove LABEL. It removes what files:mount-add has added.");
    }
    String label = arguments.get(0).toString();
    FilesCommands.present(table).remove(label);
    return "Removed the mount '" + label + "'.";
  }

  /** Labels to complete, with the paths of their mounts. */
  public Map<String, String> addedLabels() {
    Map<String, String> labels = new LinkedHashMap<>();
    FilesCommands.present(table).mounts().visible().stream()
        .filter(mount -> mount.origin() == Mounted.Origin.COMMAND)
        .forEach(mount -> labels.put(mount.label(), mount.configured().toString()));
    return labels;
  }
}
