// A small contract that uses every part of the format once.
import type { Contract, ContractType } from "../../src/contract/index.ts";

const float64: ContractType = { kind: "scalar", name: "float64" };
const int32: ContractType = { kind: "scalar", name: "int32" };
const char: ContractType = { kind: "scalar", name: "char" };

export const example: Contract = {
  version: 1,
  library: "example",
  statusStruct: "example_status",
  statuses: [
    { name: "ok", code: 0, documentation: "Fine." },
    { name: "bad", code: -1, documentation: "Not fine." },
  ],
  structs: [
    {
      name: "example_status",
      documentation: "How it ended.",
      size: 16,
      align: 8,
      fields: [
        { name: "code", type: int32, offset: 0, documentation: "The code." },
        { name: "text", type: { kind: "array", of: char, length: 2 }, offset: 4, documentation: "Two letters." },
        { name: "at", type: float64, offset: 8, documentation: "When." },
      ],
    },
  ],
  functions: [
    {
      name: "apply",
      topic: "callbacks",
      documentation: "Applies a function.",
      symbols: { plain: "apply", twin: "example_apply" },
      parameters: [
        {
          name: "fn_ptr",
          type: { kind: "scalar", name: "size_t" },
          callback: {
            signatures: [
              { result: float64, parameters: [float64, { kind: "pointer", to: { kind: "void" }, constant: false }] },
            ],
            threads: "any",
          },
        },
        {
          name: "values",
          type: { kind: "pointer", to: float64, constant: true },
          nullable: false,
          ownership: "borrowed",
          direction: "in",
          length: ["4", "n"],
        },
        { name: "n", type: int32 },
        {
          name: "compare",
          type: {
            kind: "pointer",
            to: { kind: "function", result: int32, parameters: [int32, int32] },
            constant: false,
          },
        },
      ],
      result: {
        type: { kind: "pointer", to: char, constant: false },
        status: false,
        ownership: "owned",
        destructor: "give_back",
        encoding: "utf-8",
      },
      failure: { plain: "NULL", twin: "NULL" },
      threads: "caller",
    },
    {
      name: "give_back",
      topic: "strings",
      documentation: "Takes it back.",
      symbols: { plain: "give_back" },
      parameters: [
        {
          name: "text",
          type: { kind: "pointer", to: char, constant: false },
          nullable: false,
          ownership: "transferred",
        },
      ],
      result: { type: int32, status: true },
      failure: { plain: "the status code" },
      threads: "any",
    },
  ],
};
