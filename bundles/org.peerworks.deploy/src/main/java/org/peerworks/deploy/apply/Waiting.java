package org.peerworks.deploy.apply;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/** What a component waits for, down to the root cause, in words. */
final class Waiting {

  private Waiting() {}

  static String of(ServiceComponentRuntime components, ComponentConfigurationDTO configuration) {
    return of(components, configuration, new HashSet<>());
  }

  private static String of(
      ServiceComponentRuntime components,
      ComponentConfigurationDTO configuration,
      Set<String> seen) {
    List<String> missing = new ArrayList<>();
    for (UnsatisfiedReferenceDTO unsatisfied : configuration.unsatisfiedReferences) {
      missing.add(of(components, configuration.description, unsatisfied, seen));
    }
    return missing.isEmpty() ? "something that it does not name" : String.join(" and ", missing);
  }

  private static String of(
      ServiceComponentRuntime components,
      ComponentDescriptionDTO waiting,
      UnsatisfiedReferenceDTO unsatisfied,
      Set<String> seen) {
    String type =
        Arrays.stream(waiting.references)
            .filter(reference -> reference.name.equals(unsatisfied.name))
            .map((ReferenceDTO reference) -> reference.interfaceName)
            .findFirst()
            .orElse("?");
    String words = "a service '" + type + "'";
    if (unsatisfied.target != null) {
      words += " with " + unsatisfied.target;
    }
    words += " (its reference '" + unsatisfied.name + "')";
    if (!seen.add(type)) {
      return words;
    }
    List<ComponentDescriptionDTO> providers =
        components.getComponentDescriptionDTOs().stream()
            .filter(d -> Arrays.asList(d.serviceInterfaces).contains(type))
            .toList();
    if (providers.isEmpty()) {
      return words + ", which no component offers";
    }
    return words
        + ", which "
        + providers.stream()
            .map(provider -> provider(components, provider, seen))
            .collect(Collectors.joining(" or "));
  }

  private static String provider(
      ServiceComponentRuntime components, ComponentDescriptionDTO provider, Set<String> seen) {
    String name = "component '" + provider.name + "' of " + provider.bundle.symbolicName;
    for (ComponentConfigurationDTO configuration :
        components.getComponentConfigurationDTOs(provider)) {
      switch (configuration.state) {
        case ComponentConfigurationDTO.UNSATISFIED_REFERENCE:
          return name + " would offer, but waits for " + of(components, configuration, seen);
        case ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION:
          return name
              + " would offer, but waits for its configuration "
              + String.join(", ", provider.configurationPid);
        case ComponentConfigurationDTO.FAILED_ACTIVATION:
          return name + " would offer, but failed: " + Failures.words(configuration.failure);
        default:
          continue;
      }
    }
    return name + " offers, but not as it is wanted";
  }
}
