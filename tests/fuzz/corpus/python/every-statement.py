from __future__ import annotations
import os.path, re as expressions
from .near import *
global_name: int = 1_000; other = 0x1F + 0b1 + 1.5e3 + 2j
@decorator(1)
class Thing(Base, metaclass=Meta):
    x: "int" = ...
    async def run(self, /, a, *args, b=1, **kwargs) -> None:
        async with open(a) as f, b as (c, d):
            async for line in f:
                yield await line
        nonlocal c
        del self.x, a[1:2, ::3]
        raise ValueError from None
def main(input_data, extra=None):
    global global_name
    try:
        while True:
            if (n := len(input_data)) > 1: break
            elif not n: continue
            else: pass
        else:
            assert n, "message"
    except* (KeyError, TypeError) as error:
        print(f"{error=!s}", rb'\x00', u"é", '''a
b''', sep='')
    finally:
        type Alias[T] = list[T]
    match input_data:
        case {"user_id": int(x), **rest} if x: return {"user_name": str(x), **rest}
        case [1, *_] | (None as y): return dict(found=True)
        case _: return (lambda *a, k=1: {**a})()
    for i, in zip(*[[1]]): global_name += i @ i // 2 ** -i
    return {"USER_NAME": 1, f"scor{'es'}": {*()}, 'found': a if b else c} if input_data["größe"] else None
