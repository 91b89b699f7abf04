"""The Python SDK's client; see trial.mjs for what it is given and prints."""

import asyncio
import json
import os
import sys

import httpx2
from mcp import Client, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client


def plain(result):
    return {
        "structured": result.structured_content,
        "isError": bool(result.is_error),
        "text": "\n".join(getattr(part, "text", "") for part in result.content),
    }


async def main():
    order = json.loads(sys.argv[1])
    if "stdio" in order:
        given = order["stdio"]
        server = StdioServerParameters(command=given["command"], args=given["args"], env={**os.environ, **given["env"]})
    else:
        http = httpx2.AsyncClient(headers=order["http"]["headers"], timeout=30)
        server = streamable_http_client(order["http"]["url"], http_client=http)
    async with Client(server) as client:
        listed = await client.list_tools()
        right = await client.call_tool(order["right"]["name"], order["right"]["arguments"])
        wrong = await client.call_tool(order["wrong"]["name"], order["wrong"]["arguments"])
        print(json.dumps({"tools": [tool.name for tool in listed.tools], "right": plain(right), "wrong": plain(wrong)}))


asyncio.run(main())
