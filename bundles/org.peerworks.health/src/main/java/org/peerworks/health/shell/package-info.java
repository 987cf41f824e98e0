/** The shell's commands on a worker's health. */
package org.peerworks.health.shell;
