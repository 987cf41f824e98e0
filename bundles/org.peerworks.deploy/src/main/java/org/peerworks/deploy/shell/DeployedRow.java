package org.peerworks.deploy.shell;

/** A bundle that was installed at run time, as the shell shows it. */
public record DeployedRow(
    String name, String version, String state, String feature, String signer, String source) {}
