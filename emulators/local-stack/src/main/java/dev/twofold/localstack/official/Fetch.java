package dev.twofold.localstack.official;

import java.io.IOException;
import java.nio.file.Path;

/** Brings an artefact's bytes into a file; whoever asked checks them. */
interface Fetch {
  void to(Path part, PublishedArtifact artifact) throws IOException;
}
