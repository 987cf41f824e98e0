/** The commands {@code job list|show|log|attach|cancel}. */
package org.peerworks.cli.jobs;
