// SPDX-License-Identifier: Apache-2.0
// Made of the OpenAPI document by ConsoleFactsTest; the build fails when it differs.
export const SCHEMAS = {
  RunDescriptor: {
    type: "object",
    description: "What to launch (or, for a check, what would be launched).",
    additionalProperties: false,
    required: ["mode", "runtime", "session"],
    properties: {
      mode: {
        allOf: [
          {
            $ref: "#/components/schemas/RunMode",
          },
        ],
        description: "A sandbox run is tagged sandbox and left out of lists unless asked for.",
      },
      runtime: {
        $ref: "#/components/schemas/RuntimeTarget",
      },
      session: {
        $ref: "#/components/schemas/SessionDescriptor",
      },
      execution: {
        $ref: "#/components/schemas/ExecutionDescriptor",
      },
    },
  },
  RunMode: {
    type: "string",
    enum: ["live", "sandbox"],
  },
  RuntimeTarget: {
    type: "object",
    additionalProperties: false,
    required: ["kind"],
    properties: {
      kind: {
        type: "string",
        description: "A registered kind of runtime: the value of RUNTIME_KIND.",
      },
      version: {
        type: "string",
        minLength: 0,
        maxLength: 64,
      },
    },
  },
  SessionDescriptor: {
    type: "object",
    description: "The session that agents open on the runtime.",
    additionalProperties: false,
    properties: {
      sessionId: {
        type: "string",
        description:
          "A UUID of version 1 to 7, or at least 22 characters of A-Z a-z 0-9 _ -; allocated when absent.",
      },
      modeName: {
        type: "string",
        minLength: 1,
        maxLength: 255,
        description: "For example macp.mode.decision.v1.",
      },
      modeVersion: {
        type: "string",
      },
      configurationVersion: {
        type: "string",
      },
      policyVersion: {
        type: "string",
      },
      ttlMs: {
        type: "integer",
        format: "int64",
        minimum: 1,
        description: "Lifetime of the session in milliseconds.",
      },
      participants: {
        type: "array",
        items: {
          $ref: "#/components/schemas/ParticipantRef",
        },
        minItems: 1,
        maxItems: 1000,
      },
      metadata: {
        type: "object",
        additionalProperties: true,
        description:
          "Opaque, but for source, sourceRef, environment, scenarioRef, cancelCallback {url, bearer} and cancellationDelegated.",
      },
    },
    required: ["modeName", "modeVersion", "configurationVersion", "ttlMs", "participants"],
  },
  ParticipantRef: {
    type: "object",
    additionalProperties: false,
    required: ["id"],
    properties: {
      id: {
        type: "string",
        minLength: 1,
      },
    },
  },
  ExecutionDescriptor: {
    type: "object",
    additionalProperties: false,
    properties: {
      idempotencyKey: {
        type: "string",
        minLength: 0,
        maxLength: 255,
        description: "A second request with the same key answers with the first one's run.",
      },
      tags: {
        type: "array",
        items: {
          type: "string",
        },
        minItems: 0,
        maxItems: 100,
      },
      requester: {
        $ref: "#/components/schemas/Requester",
      },
    },
  },
  Requester: {
    type: "object",
    description: "On whose behalf.",
    additionalProperties: false,
    properties: {
      actorId: {
        type: "string",
        minLength: 0,
        maxLength: 255,
      },
      actorType: {
        $ref: "#/components/schemas/ActorType",
      },
    },
  },
  ActorType: {
    type: "string",
    enum: ["user", "service", "system"],
  },
};
